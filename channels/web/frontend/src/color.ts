/** The municipality's own colour, made safe to read: WCAG 2.1 contrast of at least 4.5 to 1. */

type Rgb = readonly [number, number, number];

const READABLE = 4.5;
const WHITE: Rgb = [255, 255, 255];

function parse(color: string): Rgb | null {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(color);
  const full =
    short === null
      ? color
      : `#${short
          .slice(1)
          .map((digit) => digit + digit)
          .join('')}`;
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(full);
  if (long === null) return null;
  const [red = 0, green = 0, blue = 0] = long.slice(1).map((pair) => parseInt(pair, 16));
  return [red, green, blue];
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour when white letters can be read on it, else null; takes `#rgb` and `#rrggbb`. */
export function readableAccent(color: string): string | null {
  const parsed = parse(color.trim());
  return parsed !== null && contrast(parsed, WHITE) >= READABLE ? color.trim() : null;
}
