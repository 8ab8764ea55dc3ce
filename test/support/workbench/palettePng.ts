import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** An image as rows of RGBA bytes. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** Re-encodes a PNG of a screenshot with its most frequent colors, in a third of its bytes or less. The page decodes it. */
export async function reducePalette(page: Page, png: Buffer, maxColors: number): Promise<Buffer> {
  return encode(await decode(page, png), maxColors);
}

async function decode(page: Page, png: Buffer): Promise<Pixels> {
  // A text, because the types of a page are unknown here.
  const script = `(async () => {
    const bytes = Uint8Array.from(atob('${png.toString('base64')}'), (char) => char.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const chunks = [];
    for (let i = 0; i < data.length; i += 32768) chunks.push(String.fromCharCode(...data.subarray(i, i + 32768)));
    return { width: image.width, height: image.height, base64: btoa(chunks.join('')) };
  })()`;
  const { width, height, base64 } = await page.evaluate<{ width: number; height: number; base64: string }>(script);
  return { width, height, bytes: Buffer.from(base64, 'base64') };
}

/** Encodes the most frequent colors as they are, and the others as the nearest of them. Icons have few, but colored pixels. */
function encode({ width, height, bytes }: Pixels, maxColors: number): Buffer {
  const counts = new Map<number, number>();
  const getColor = (pixel: number) =>
    ((bytes[4 * pixel] ?? 0) << 16) | ((bytes[4 * pixel + 1] ?? 0) << 8) | (bytes[4 * pixel + 2] ?? 0);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const color = getColor(pixel);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const weigh = ([color, count]: readonly [number, number]) => (isGray(color) ? count : 20 * count);
  const byFrequency = [...counts].sort((a, b) => weigh(b) - weigh(a)).map(([color]) => color);
  const palette = byFrequency.slice(0, maxColors);
  const indices = new Map(byFrequency.map((color) => [color, findNearest(palette, color)]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    // Each row starts with the number of its filter, which is none.
    rows[pixel + Math.floor(pixel / width) + 1] = indices.get(getColor(pixel)) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    createChunk('IHDR', header),
    createChunk('PLTE', Buffer.from(palette.flatMap(getChannels))),
    createChunk('IDAT', deflateSync(rows, { level: 9 })),
    createChunk('IEND', Buffer.alloc(0)),
  ]);
}

const getChannels = (color: number): readonly number[] => [color >> 16, (color >> 8) & 0xff, color & 0xff];

function isGray(color: number): boolean {
  const channels = getChannels(color);
  return Math.max(...channels) - Math.min(...channels) < 64;
}

function findNearest(palette: readonly number[], color: number): number {
  const channels = getChannels(color);
  const getDistance = (other: number) =>
    getChannels(other).reduce((sum, channel, index) => sum + (channel - (channels[index] ?? 0)) ** 2, 0);
  const distances = palette.map(getDistance);
  return distances.indexOf(Math.min(...distances));
}

function createChunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, checksum]);
}
