"""Pictures, and what Pillow makes of them: python3 generate_picture_golden.py (Pillow 9.4, NumPy).

NAME.CHANNELS.RESIZE.HEIGHTxWIDTH.npy has the pixels, channels first, after convert("L" or "RGB"), a resize of the shorter
side (0: none) and a crop of the centre, as torchvision's Resize and CenterCrop do it.
"""
import numpy as np
from PIL import Image

rng = np.random.default_rng(7)
h, w = 23, 31
yy, xx = np.mgrid[:h, :w]
smooth = np.stack([yy * 11, xx * 8, 255 - yy * 4 - xx * 5], axis=-1)
rgb = np.clip(smooth + rng.integers(-40, 40, (h, w, 3)), 0, 255).astype(np.uint8)

pictures = {
    "rgb.png": Image.fromarray(rgb),
    "grey.png": Image.fromarray(rgb[:, :, 0]),
    "rgba.png": Image.fromarray(np.dstack([rgb, rng.integers(0, 256, (h, w)).astype(np.uint8)])),
    "greya.png": Image.fromarray(np.dstack([rgb[:, :, 1], rgb[:, :, 2]]), "LA"),
    "palette.png": Image.fromarray(rgb).convert("P"),
    "bits.png": Image.fromarray(rgb[:, :, 0] > 127),
}
for name, picture in pictures.items():
    picture.save(name)
Image.fromarray(rgb).convert("CMYK").save("refused-cmyk.jpg")


def golden(name, channels, resize, height, width):
    picture = Image.open(name).convert("L" if channels == 1 else "RGB")
    if resize:
        short, long = sorted(picture.size)
        other = int(resize * long / short)
        picture = picture.resize((resize, other) if picture.width <= picture.height else (other, resize), Image.BILINEAR)
    top = int(round((picture.height - height) / 2.0))
    left = int(round((picture.width - width) / 2.0))
    picture = picture.crop((left, top, left + width, top + height))
    pixels = np.asarray(picture)
    pixels = pixels[None] if channels == 1 else pixels.transpose(2, 0, 1)
    np.save(f"{name}.{channels}.{resize}.{height}x{width}.npy", np.ascontiguousarray(pixels).ravel())


for name in pictures:
    for channels in (1, 3):
        golden(name, channels, 0, h, w)
for resize, side in ((8, 8), (10, 7), (23, 16), (40, 33), (64, 64)):
    golden("rgb.png", 3, resize, side, side)
    golden("grey.png", 1, resize, side, side)
