import { LitElement } from 'lit';

/** A part of the window that renders into the window's own shadow root and shares its styles. */
export abstract class LightElement extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }
}

/** Registers a part once; a page may load the script twice. */
export function define(name: string, part: CustomElementConstructor): void {
  if (customElements.get(name) === undefined) customElements.define(name, part);
}
