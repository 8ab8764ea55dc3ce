/** The text of a node's row. */
export interface Label {
  readonly label: string;
  readonly description: string;
  /** The exact name if `label` is shortened. */
  readonly exactName?: string;
}
