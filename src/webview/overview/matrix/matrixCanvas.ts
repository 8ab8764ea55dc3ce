import type { OverviewData, OverviewState } from '../state.ts';
import { drawMatrix } from './drawMatrix.ts';
import type { Viewport } from './geometry.ts';
import { RowImages } from './rowImages.ts';
import { type MatrixTheme, readTheme } from './theme.ts';

/** Draws the matrix on the canvas of the page, in the theme of VS Code. */
export class MatrixCanvas {
  readonly #getShown: () => { readonly data: OverviewData; readonly state: OverviewState };
  #isScheduled = false;
  #style: { readonly theme: MatrixTheme; readonly images: RowImages; readonly ratio: number } | undefined;

  /** `onThemeChange` is called when everything has to be drawn again. */
  constructor(
    getShown: () => { readonly data: OverviewData; readonly state: OverviewState },
    onThemeChange: () => void,
  ) {
    this.#getShown = getShown;
    const observer = new MutationObserver(() => {
      this.#style = undefined;
      onThemeChange();
    });
    // VS Code changes the variables of the root element and the classes of the body.
    observer.observe(document.documentElement, { attributes: true });
    observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  }

  /** Draws what is in view with the next frame, if the page shows the matrix. */
  draw(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      this.#drawNow();
    });
  }

  #drawNow(): void {
    const { data, state } = this.#getShown();
    const { window, summary } = data;
    const { cell } = state;
    const grid = document.getElementById('grid');
    const canvas = document.getElementById('canvas');
    if (!grid || !(canvas instanceof HTMLCanvasElement) || !window?.matrix) return;
    const viewport = getViewport(grid);
    const { theme, images, ratio } = this.#getStyle();
    resize(canvas, viewport, ratio);
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const hasFocus = document.activeElement === grid;
    const isComplete = summary?.progress.isComplete ?? false;
    drawMatrix(context, { viewport, window, theme, images, focus: cell, hasFocus, isComplete });
  }

  get theme(): MatrixTheme {
    return this.#getStyle().theme;
  }

  #getStyle() {
    const ratio = devicePixelRatio;
    if (this.#style?.ratio !== ratio) {
      const theme = readTheme();
      this.#style = { theme, images: new RowImages(theme, ratio), ratio };
    }
    return this.#style;
  }
}

export const getViewport = (grid: Element): Viewport => ({
  left: grid.scrollLeft,
  top: grid.scrollTop,
  width: grid.clientWidth,
  height: grid.clientHeight,
});

/** Setting the size of a canvas clears it, so an unchanged size is left alone. */
function resize(canvas: HTMLCanvasElement, { width, height }: Viewport, ratio: number): void {
  const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width === pixelWidth && canvas.height === pixelHeight) return;
  canvas.width = pixelWidth;
  canvas.height = pixelHeight;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}
