#!/usr/bin/env python3
"""Runs the study of advice.md: prints its tables and writes advice.svg.

    docs/studies/advice.py DATA FOLDER   # about five minutes; needs NumPy and PyTorch (run with 1.24 and 1.13)

DATA holds t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz. What is trained goes to FOLDER, and is taken from there again.
"""
import argparse
import copy
import gzip
import json
import subprocess
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy

HERE = Path(__file__).resolve().parent
PROGRAM = HERE.parent.parent / "collapse4j"
DECAY = 5e-4
EPOCHS = 120
TRAINING = 8000
FEW, FEW_W, FEW_H = 500, 5e-3, 2e-5  # images and penalties of the network that can reach its optimum
SHOWN = {"relu64": "ReLU, d = 64", "relu10": "ReLU, d = 10", "linear64": "linear, d = 64", "early": "three epochs",
         "new-head": "new head", "few": "500 images"}


def mnist(folder):
    """Images of 14×14, averages of four pixels each, and labels."""
    images = np.frombuffer(gzip.open(folder / "t10k-images-idx3-ubyte.gz").read(), np.uint8, offset=16)
    labels = np.frombuffer(gzip.open(folder / "t10k-labels-idx1-ubyte.gz").read(), np.uint8, offset=8)
    small = images.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196)
    x = ((small / 255 - 0.1307) / 0.3081).astype(np.float32)
    return torch.from_numpy(x), torch.from_numpy(labels.astype(np.int64))


class Perceptron(nn.Module):
    """196–128–d–10; features after a ReLU, or linear ones."""

    def __init__(self, d, relu):
        super().__init__()
        torch.manual_seed(d)
        self.body = nn.Sequential(nn.Linear(196, 128), nn.ReLU(), nn.Linear(128, d), *([nn.ReLU()] if relu else []))
        self.head = nn.Linear(d, 10)

    def forward(self, x):
        return self.head(self.body(x))


def with_decay(net):
    """Loss plus weight decay of all parameters, as a training has it."""
    def loss(x, y):
        return cross_entropy(net(x), y) + DECAY / 2 * sum((p ** 2).sum() for p in net.parameters())
    return loss


def with_features(net, lambda_w, lambda_h, samples):
    """Loss plus the penalties of W and of the features, as the model has it."""
    def loss(x, y):
        h = net.body(x)
        penalty = lambda_w * (net.head.weight ** 2).sum() + lambda_h * samples * (h ** 2).sum(1).mean()
        return cross_entropy(net.head(h), y) + penalty / 2
    return loss


def train(net, data, epochs, loss=None, rate=0.05, parameters=None):
    """SGD with momentum; the rate falls to zero along a cosine."""
    x, y = data
    loss = loss or with_decay(net)
    torch.manual_seed(epochs)
    optimiser = torch.optim.SGD(parameters or net.parameters(), lr=rate, momentum=0.9)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs)
    for _ in range(epochs):
        for batch in torch.randperm(len(y)).split(128):
            optimiser.zero_grad()
            loss(x[batch], y[batch]).backward()
            optimiser.step()
        schedule.step()
    return net


def descend(parameters, value, steps):
    """L-BFGS on all samples."""
    optimiser = torch.optim.LBFGS(parameters, max_iter=steps, history_size=50, tolerance_grad=1e-10, tolerance_change=0,
                                  line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        result = value()
        result.backward()
        return result

    optimiser.step(closure)


def features(net, x):
    with torch.no_grad():
        return net.body(x)


def retrain_head(net, data):
    """Minimises loss plus weight decay over the head alone, in double precision, to the end."""
    h, head = features(net, data[0]).double(), copy.deepcopy(net.head).double()
    descend(head.parameters(),
            lambda: cross_entropy(head(h), data[1]) + DECAY / 2 * sum((p ** 2).sum() for p in head.parameters()), 2000)
    retrained = copy.deepcopy(net)
    retrained.head = head.float()
    return retrained


def accuracy(net, data):
    with torch.no_grad():
        return (net(data[0]).argmax(1) == data[1]).double().mean().item()


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


class Study:
    def __init__(self, data, folder):
        x, y = mnist(data)
        self.training, self.held_out = (x[:TRAINING], y[:TRAINING]), (x[TRAINING:], y[TRAINING:])
        self.folder = folder
        self.bars = []

    def of(self, name):
        """The training images of a network."""
        return tuple(part[:FEW] for part in self.training) if name.startswith("few") else self.training

    def net(self, name, d, relu, make):
        """A network from the folder, or else made from a new one."""
        net, stored = Perceptron(d, relu), self.folder / f"{name}.pt"
        if stored.exists():
            net.load_state_dict(torch.load(stored))
        else:
            net = make(net)
            torch.save(net.state_dict(), stored)
        return net

    def layer(self, name, h, weights, bias):
        layer = self.folder / name
        layer.mkdir(parents=True, exist_ok=True)
        for role, values in dict(features=h, labels=self.of(name)[1].numpy(), weights=weights, bias=bias).items():
            np.save(layer / f"{role}.npy", values)
        return layer

    def certify(self, name, net, *options):
        layer = self.layer(name, features(net, self.of(name)[0]).numpy(), net.head.weight.detach().numpy(),
                           net.head.bias.detach().numpy())
        return certify(layer, *options)

    def bar(self, advice, name, promised, came):
        """For the figure: a range that was promised, and what came."""
        self.bars.append((advice, SHOWN[name], promised, came))


def certify(layer, *options):
    options = options or (["--lambda-w", FEW_W, "--lambda-h", FEW_H] if layer.name.startswith("few")
                          else ["--weight-decay", DECAY])
    return json.loads(run("certify", layer, *options, "--json", "-"))


def percent(share, digits=1):
    return f"{100 * share:.{digits}f} %"


def table(*columns):
    print("\n| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|")
    return lambda *cells: print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def statements(study, nets):
    judged = {}
    row = table("network", "accuracy", "on held-out images", "raw excess", "as seen by the head", "bound at this head", "a better head gains",
                "implied λ_W", "offset", "advice")
    for name, net in nets.items():
        found = judged[name] = study.certify(name, net)
        head = found["head"]
        row(SHOWN[name], percent(found["accuracy"], 2), percent(accuracy(net, study.held_out), 2), percent(found["relativeGap"], 3 if name == "few" else 1),
            percent(found["seenByHead"]["relativeGap"], 3 if name == "few" else 1), percent(head["gradientBound"], 2),
            f"{percent(head.get('gainAtLeast') or 0, 2)} – {percent(head['gainAtMost'], 2)}", f"{head['impliedLambdaW']:.4g}",
            percent(found["raw"]["featureShares"]["offset"]), found["advice"])
    return judged


def head_of(study, nets, judged):
    row = table("retrain the head", "promised", "came", "left after that", "implied λ_W", "loss", "held-out accuracy", "next advice")
    for name in ("new-head", "early", "relu64", "relu10", "linear64"):
        retrained = retrain_head(nets[name], study.training)
        after, before = study.certify(name + "-retrained", retrained), judged[name]["head"]
        came = 1 - after["head"]["objective"] / before["objective"]
        row(SHOWN[name], f"{percent(before['gainAtLeast'], 3)} – {percent(before['gainAtMost'], 3)}", percent(came, 3),
            percent(after["head"]["gainAtMost"], 4), f"{after['head']['impliedLambdaW']:.4g}",
            f"{judged[name]['lossValue']:.5f} → {after['lossValue']:.5f}",
            f"{percent(accuracy(nets[name], study.held_out), 2)} → {percent(accuracy(retrained, study.held_out), 2)}", after["advice"])
        study.bar("retrain the head", name, (before["gainAtLeast"], before["gainAtMost"]), came)


def same_penalties(layer, before):
    return certify(layer, "--lambda-w", before["lambdaW"], "--lambda-h", before["lambdaH"])


def train_on(study, nets, judged):
    row = table("train on", "how", "promised", "came", "loss", "held-out accuracy", "excess after that", "next advice")
    for name in ("early", "relu64", "relu10", "linear64"):
        seen = judged[name]["seenByHead"]
        losses = {"weight decay": with_decay}
        if name != "early":
            losses["penalised features"] = lambda net: with_features(net, seen["lambdaW"], seen["lambdaH"], TRAINING)
        for how, loss in losses.items():
            kind = f"{name}-on-{how.split()[0]}"
            start = copy.deepcopy(nets[name])
            net = study.net(kind, nets[name].head.in_features, "linear" not in name,
                            lambda _: train(start, study.training, EPOCHS, loss(start), rate=0.02))
            after = study.certify(kind, net)
            same = same_penalties(study.folder / kind, seen)
            came = 1 - same["seenByHead"]["objective"] / seen["objective"]
            then = after if how == "weight decay" else same
            row(SHOWN[name], how, "at most " + percent(seen["relativeGap"]), percent(came),
                f"{judged[name]['lossValue']:.5f} → {after['lossValue']:.5f}",
                f"{percent(accuracy(nets[name], study.held_out), 2)} → {percent(accuracy(net, study.held_out), 2)}",
                percent(then["seenByHead"]["relativeGap"]), then["advice"])
            study.bar("train on: " + how, name, (0, seen["relativeGap"]), came)


def cut(study, nets, judged):
    row = table("cut d", "d", "loss", "accuracy", "held-out accuracy", "what compress says")
    for name in ("relu64", "linear64", "early"):
        small = study.folder / f"{name}-compressed"
        said = " ".join(run("compress", study.folder / name, "--out", small).split())
        projection, weights, bias = (np.load(small / f"{part}.npy") for part in ("projection", "weights", "bias"))
        h = features(nets[name], study.held_out[0]).numpy() @ projection.T
        right = np.mean((h @ weights.T + bias).argmax(1) == study.held_out[1].numpy())
        after = certify(small)
        row(SHOWN[name], f"64 → {after['featureDimension']}", f"{judged[name]['lossValue']:.8g} → {after['lossValue']:.8g}",
            f"{percent(judged[name]['accuracy'], 2)} → {percent(after['accuracy'], 2)}",
            f"{percent(accuracy(nets[name], study.held_out), 2)} → {percent(right, 2)}",
            said[said.index("predictions"):].split(" logits")[0])


def centre(study, nets, judged):
    row = table("centre the features", "offset", "promised", "came", "offset after that", "predictions changed")
    for name in ("relu64", "relu10", "new-head", "early"):
        before = judged[name]
        h, weights, bias = (np.load(study.folder / name / f"{part}.npy").astype(float) for part in ("features", "weights", "bias"))
        mean = h.mean(axis=0)
        centred = h - mean, bias + weights @ mean
        after = same_penalties(study.layer(name + "-centred", centred[0], weights, centred[1]), before)
        said = next(reason for reason in before["why"] if "centring lowers" in reason)
        promised = float(said.split("by ")[-1].split(" %")[0]) / 100
        came = 1 - after["objective"] / before["objective"]
        changed = np.sum((h @ weights.T + bias).argmax(1) != (centred[0] @ weights.T + centred[1]).argmax(1))
        row(SHOWN[name], percent(before["raw"]["featureShares"]["offset"]), percent(promised), percent(came, 2),
            percent(after["raw"]["featureShares"]["offset"]), changed)
        study.bar("centre the features", name, (promised, promised), came)


def nothing(study, nets, judged):
    row = table("nothing to do", "promised", "came", "excess after that", "next advice")
    net, seen = copy.deepcopy(nets["few"]), judged["few"]["seenByHead"]
    x, y = study.of("few")
    descend(net.parameters(), lambda: with_features(net, FEW_W, FEW_H, FEW)(x, y), 500)
    after = study.certify("few-on", net)
    row(SHOWN["few"], "at most " + percent(seen["relativeGap"], 4),
        percent(1 - after["seenByHead"]["objective"] / seen["objective"], 4), percent(after["seenByHead"]["relativeGap"], 4), after["advice"])


def networks(study):
    data = study.training
    nets = {
        "relu64": study.net("relu64", 64, True, lambda net: train(net, data, EPOCHS)),
        "relu10": study.net("relu10", 10, True, lambda net: train(net, data, EPOCHS)),
        "linear64": study.net("linear64", 64, False, lambda net: train(net, data, EPOCHS)),
        "early": study.net("early", 64, True, lambda net: train(net, data, 3)),
    }

    def new_head(net):
        net.load_state_dict(nets["relu64"].state_dict())
        torch.manual_seed(1)
        net.head = nn.Linear(64, 10)
        return train(net, data, 2, rate=0.01, parameters=net.head.parameters())

    def few(net):
        x, y = study.of("few")
        train(net, (x, y), 200, with_features(net, FEW_W, FEW_H, FEW))
        descend(net.parameters(), lambda: with_features(net, FEW_W, FEW_H, FEW)(x, y), 500)
        return net

    nets["new-head"] = study.net("new-head", 64, True, new_head)
    nets["few"] = study.net("few", 10, False, few)
    return nets


def svg(bars):
    """A bar for each advice that was followed: what was promised, and a mark where it came."""
    bar, left, right, top = 17, 300, 620, 34
    height = top + bar * len(bars) + 12 * len({b[0] for b in bars}) + 30
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {height}" font-family="sans-serif" font-size="11">',
           f'<rect width="720" height="{height}" fill="#fff"/>',
           f'<rect x="{left}" y="8" width="11" height="11" fill="#aac8e8"/><text x="{left + 16}" y="18">promised (up to)</text>'
           f'<rect x="{left + 140}" y="8" width="3" height="11" fill="#cc3311"/><text x="{left + 150}" y="18">came</text>']
    y, last, scale = top, None, right - left
    for advice, name, (least, most), came in bars:
        if advice != last:
            y += 12
            out.append(f'<text x="8" y="{y + 12}" font-weight="bold">{advice}</text>')
            last = advice
        start = left + scale * (least if least < most else 0)
        out.append(f'<text x="{left - 8}" y="{y + 12}" text-anchor="end">{name}</text>'
                   f'<rect x="{left}" y="{y + 2}" width="{scale * most:.1f}" height="{bar - 4}" fill="#aac8e8"/>'
                   f'<rect x="{left + scale * came - 1.5:.1f}" y="{y}" width="3" height="{bar}" fill="#cc3311"/>'
                   f'<text x="{left + scale * max(most, came) + 8:.1f}" y="{y + 12}">{percent(came)}</text>')
        y += bar
    for tick in (0, 0.25, 0.5, 0.75, 1):
        out.append(f'<text x="{left + scale * tick:.0f}" y="{height - 8}" text-anchor="middle" fill="#555">{100 * tick:.0f} %</text>')
    return "\n".join(out) + "\n</svg>\n"


def main():
    parser = argparse.ArgumentParser(description="Runs the study of advice.md.")
    parser.add_argument("data", metavar="DATA", type=Path, help="a folder with the MNIST test files")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="where networks and layers go")
    given = parser.parse_args()
    torch.set_num_threads(1)
    given.folder.mkdir(parents=True, exist_ok=True)
    study = Study(given.data, given.folder)
    nets = networks(study)
    judged = statements(study, nets)
    for follow in (head_of, train_on, cut, centre, nothing):
        follow(study, nets, judged)
    order = list(dict.fromkeys(bar[0] for bar in study.bars))
    (HERE / "advice.svg").write_text(svg(sorted(study.bars, key=lambda bar: order.index(bar[0]))), encoding="utf-8")


if __name__ == "__main__":
    main()
