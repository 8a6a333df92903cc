#!/usr/bin/env python3
"""Writes losses.pt and soft-losses.pt: PyTorch's own losses as TorchScript modules, which DJL's engine runs.

Usage: generate_losses.py [FOLDER]; needs torch (Debian's python3-torch 1.13 wrote the committed files).
"""

import io
import sys
import zipfile
from pathlib import Path
from typing import Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent


class Losses(torch.nn.Module):
    """Each loss with mean reduction, of logits B×K and labels B, and its gradient by the logits.

    `options` are label smoothing and tau; `class_weights`, `margins`, `pos_weight` and `counts` have K entries.
    """

    def forward(
        self,
        logits: Tensor,
        labels: Tensor,
        options: Tensor,
        class_weights: Tensor,
        margins: Tensor,
        pos_weight: Tensor,
        counts: Tensor,
    ) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        smoothing = float(options[0].item())
        z = logits.detach().clone().requires_grad_(True)
        one_hot = F.one_hot(labels, z.size(1)).to(z.dtype)
        shifted = z + options[1] * torch.log(counts / counts.sum()) - margins * one_hot
        ce = F.cross_entropy(shifted, labels, weight=class_weights, label_smoothing=smoothing)

        targets = (1 - smoothing) * one_hot + smoothing / z.size(1)
        of_samples = class_weights[labels]
        relative = (of_samples / of_samples.mean()).unsqueeze(1)
        bce = F.binary_cross_entropy_with_logits(z, targets, weight=relative, pos_weight=pos_weight)
        bce = bce * z.size(1)  # summed over the classes

        mse = (relative * F.mse_loss(z, targets, reduction="none")).sum() / (2 * z.size(0))
        return ce, gradient(ce, z), bce, gradient(bce, z), mse, gradient(mse, z)


class SoftLosses(torch.nn.Module):
    """The same of targets B×K; `options` is the label smoothing."""

    def forward(
        self, logits: Tensor, targets: Tensor, options: Tensor, class_weights: Tensor, pos_weight: Tensor
    ) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        smoothing = float(options[0].item())
        z = logits.detach().clone().requires_grad_(True)
        ce = F.cross_entropy(z, targets, weight=class_weights, label_smoothing=smoothing)
        smoothed = (1 - smoothing) * targets + smoothing / z.size(1)
        bce = F.binary_cross_entropy_with_logits(z, smoothed, weight=class_weights, pos_weight=pos_weight)
        bce = bce * z.size(1)  # summed over the classes
        mse = F.mse_loss(z, smoothed, reduction="none").sum() / (2 * z.size(0))
        return ce, gradient(ce, z), bce, gradient(bce, z), mse, gradient(mse, z)


def gradient(loss: Tensor, z: Tensor) -> Tensor:
    found = torch.autograd.grad([loss], [z], retain_graph=True)[0]
    assert found is not None
    return found


def without_debug_files(archive: bytes) -> bytes:
    """They name folders of the machine that wrote them."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as whole, zipfile.ZipFile(result, "w") as part:
        for entry in whole.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                part.writestr(zipfile.ZipInfo(entry.filename), whole.read(entry))
    return result.getvalue()


for name, module in ("losses.pt", Losses()), ("soft-losses.pt", SoftLosses()):
    written = io.BytesIO()
    torch.jit.save(torch.jit.script(module), written)
    (FOLDER / name).write_bytes(without_debug_files(written.getvalue()))
