import { cellSize } from './geometry.ts';
import type { MatrixTheme } from './theme.ts';

/** The space between two cells in CSS pixels. */
export const gap = 1;
/** Images that are kept: several screens. An image of 150 columns takes about 400 KB. */
const maxImages = 200;

/** Images of the matrix's rows. Copying one is much faster than drawing its cells in every frame. */
export class RowImages {
  readonly #theme: MatrixTheme;
  readonly #ratio: number;
  readonly #cells: ReadonlyMap<string, ImageBitmap>;
  readonly #rows = new Map<string, ImageBitmap>();

  /** `ratio`: device pixels per CSS pixel. */
  constructor(theme: MatrixTheme, ratio: number) {
    this.#theme = theme;
    this.#ratio = ratio;
    this.#cells = new Map(Object.keys(theme.cells).map((code) => [code, this.#drawCell(code)]));
  }

  /** The image of a row's cells. `emptyText` is drawn in cells without a row. */
  get(codes: string, emptyText: string): ImageBitmap {
    const key = `${codes}${emptyText}`;
    const known = this.#rows.get(key);
    if (known) return known;
    if (this.#rows.size >= maxImages) this.#clear();
    const image = this.#drawRow(codes, emptyText);
    this.#rows.set(key, image);
    return image;
  }

  #clear(): void {
    for (const image of this.#rows.values()) image.close();
    this.#rows.clear();
  }

  #drawRow(codes: string, emptyText: string): ImageBitmap {
    return this.#draw(Math.max(1, codes.length) * cellSize, (context) => {
      context.fillStyle = this.#theme.muted;
      for (const [column, code] of [...codes].entries()) {
        const image = this.#cells.get(code);
        if (image) context.drawImage(image, column * cellSize, 0, cellSize, cellSize);
        else if (code === ' ') context.fillText(emptyText, (column + 0.5) * cellSize, cellSize / 2);
      }
    });
  }

  #drawCell(code: string): ImageBitmap {
    const { symbol = '', fill = '', text = '' } = this.#theme.cells[code] ?? {};
    const size = cellSize - gap;
    return this.#draw(cellSize, (context) => {
      context.fillStyle = fill;
      context.fillRect(0, 0, size, size);
      context.fillStyle = text;
      context.fillText(symbol, size / 2, size / 2 + 1);
    });
  }

  #draw(width: number, draw: (context: OffscreenCanvasRenderingContext2D) => void): ImageBitmap {
    const image = new OffscreenCanvas(Math.ceil(width * this.#ratio), Math.ceil(cellSize * this.#ratio));
    const context = image.getContext('2d');
    if (context) {
      context.scale(this.#ratio, this.#ratio);
      context.font = this.#theme.font;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      draw(context);
    }
    return image.transferToImageBitmap();
  }
}
