import { showInvisible } from '../../../compliance/text/plainText.ts';
import type { RowsMessage } from '../protocol.ts';
import type { CellPosition } from '../state.ts';
import { formatAccount } from '../text.ts';
import { cellSize, columnHeaderHeight, getRowHeaderWidth, getVisibleRange, type Viewport } from './geometry.ts';
import { gap, type RowImages } from './rowImages.ts';
import type { MatrixTheme } from './theme.ts';

const textPadding = 6;

interface Drawing {
  readonly viewport: Viewport;
  readonly window: RowsMessage;
  readonly theme: MatrixTheme;
  readonly images: RowImages;
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
  const { first, count } = getVisibleRange(viewport);
  clip(context, left, columnHeaderHeight, viewport.width - left, viewport.height - columnHeaderHeight, () => {
    const rowLeft = left + matrix.firstColumn * cellSize - viewport.left;
    for (let row = first; row < Math.min(first + count, window.total); row += 1) {
      const codes = matrix.cells[row - window.first];
      if (codes === undefined) continue;
      const y = columnHeaderHeight + row * cellSize - viewport.top;
      context.drawImage(images.get(codes, isComplete ? '–' : ''), rowLeft, y, codes.length * cellSize, cellSize);
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
