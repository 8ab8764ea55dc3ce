import { showInvisible } from '../../../compliance/text/plainText.ts';
import type { RowsMessage } from '../protocol.ts';
import type { CellPosition } from '../state.ts';
import { formatAccount } from '../text.ts';
import { cellSize, columnHeaderHeight, getRowHeaderWidth, getVisibleRange, type Viewport } from './geometry.ts';
import type { MatrixTheme } from './theme.ts';

const gap = 1;
const textPadding = 6;

/** The cells of a theme, drawn once: copying them is much faster than drawing their symbols in every frame. */
export type CellImages = ReadonlyMap<string, OffscreenCanvas>;

/** Draws one image per state. `ratio`: device pixels per CSS pixel. */
export function drawCellImages(theme: MatrixTheme, ratio: number): CellImages {
  return new Map(
    Object.entries(theme.cells).map(([code, { symbol, fill, text }]) => {
      const size = cellSize - gap;
      const image = new OffscreenCanvas(Math.ceil(size * ratio), Math.ceil(size * ratio));
      const context = image.getContext('2d');
      if (context) {
        context.scale(ratio, ratio);
        context.fillStyle = fill;
        context.fillRect(0, 0, size, size);
        context.fillStyle = text;
        context.font = theme.font;
        context.textAlign = 'center';
        context.textBaseline = 'middle';
        context.fillText(symbol, size / 2, size / 2 + 1);
      }
      return [code, image];
    }),
  );
}

interface Drawing {
  readonly viewport: Viewport;
  readonly window: RowsMessage;
  readonly theme: MatrixTheme;
  readonly images: CellImages;
  readonly focus: CellPosition;
  readonly hasFocus: boolean;
  /** Whether cells without a row are known to have none. */
  readonly isComplete: boolean;
}

/** Draws what is in view. The context's unit is the CSS pixel. */
export function drawMatrix(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { viewport, theme } = drawing;
  context.fillStyle = theme.background;
  context.fillRect(0, 0, viewport.width, viewport.height);
  context.font = theme.font;
  context.textBaseline = 'middle';
  drawCells(context, drawing);
  drawAccounts(context, drawing);
  drawPacks(context, drawing);
}

function drawCells(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { viewport, window, images, theme, isComplete, focus, hasFocus } = drawing;
  const { matrix } = window;
  if (!matrix) return;
  const left = getRowHeaderWidth(viewport);
  const { first, count, firstColumn, columnCount } = getVisibleRange(viewport);
  clip(context, left, columnHeaderHeight, viewport.width - left, viewport.height - columnHeaderHeight, () => {
    context.fillStyle = theme.muted;
    context.textAlign = 'center';
    for (let row = first; row < Math.min(first + count, window.total); row += 1) {
      const y = columnHeaderHeight + row * cellSize - viewport.top;
      const codes = matrix.cells[row - window.first];
      if (codes === undefined) continue;
      for (let column = firstColumn; column < Math.min(firstColumn + columnCount, matrix.totalColumns); column += 1) {
        const x = left + column * cellSize - viewport.left;
        const code = codes[column - matrix.firstColumn];
        const image = code === undefined ? undefined : images.get(code);
        if (image) context.drawImage(image, x, y, cellSize - gap, cellSize - gap);
        else if (code === ' ' && isComplete) context.fillText('–', x + cellSize / 2, y + cellSize / 2);
      }
    }
    const x = left + focus.column * cellSize - viewport.left;
    const y = columnHeaderHeight + focus.row * cellSize - viewport.top;
    context.strokeStyle = hasFocus ? theme.focus : theme.foreground;
    context.lineWidth = hasFocus ? 3 : 1;
    context.strokeRect(x + 1, y + 1, cellSize - gap - 2, cellSize - gap - 2);
  });
}

function drawAccounts(context: CanvasRenderingContext2D, { viewport, window, theme, focus }: Drawing): void {
  const width = getRowHeaderWidth(viewport);
  const { first, count } = getVisibleRange(viewport);
  clip(context, 0, columnHeaderHeight, width - textPadding, viewport.height - columnHeaderHeight, () => {
    context.textAlign = 'left';
    for (let row = first; row < first + count; row += 1) {
      const account = window.matrix?.accounts[row - window.first];
      if (!account) continue;
      context.fillStyle = row === focus.row ? theme.foreground : theme.muted;
      context.fillText(
        showInvisible(formatAccount(account)),
        textPadding,
        columnHeaderHeight + row * cellSize - viewport.top + cellSize / 2,
      );
    }
  });
}

/** Draws the names of packs upwards. Long names are cut at the top: those of one source often begin alike. */
function drawPacks(context: CanvasRenderingContext2D, { viewport, window, theme, focus }: Drawing): void {
  const { matrix } = window;
  if (!matrix) return;
  const left = getRowHeaderWidth(viewport);
  const { firstColumn, columnCount } = getVisibleRange(viewport);
  clip(context, left, 0, viewport.width - left, columnHeaderHeight - gap, () => {
    context.textAlign = 'right';
    for (let column = firstColumn; column < firstColumn + columnCount; column += 1) {
      const pack = matrix.packs[column - matrix.firstColumn];
      if (pack === undefined) continue;
      context.save();
      context.translate(left + column * cellSize - viewport.left + cellSize / 2, textPadding);
      context.rotate(-Math.PI / 2);
      context.fillStyle = column === focus.column ? theme.foreground : theme.muted;
      context.textAlign = 'left';
      context.fillText(shortenStart(showInvisible(pack)), textPadding - columnHeaderHeight, 0);
      context.restore();
    }
  });
}

const maxNameLength = 24;

/** The last words of a long name tell packs apart: `…pci-dss`. */
function shortenStart(name: string): string {
  if (name.length <= maxNameLength) return name;
  const end = name.slice(1 - maxNameLength);
  return `…${end.slice(end.indexOf('-') + 1)}`;
}

function clip(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  draw: () => void,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, Math.max(0, width), Math.max(0, height));
  context.clip();
  draw();
  context.restore();
}
