import { escapeText } from '../../base/text.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Foreign text for XML 1.0 or HTML content and quoted attributes: controls made visible (XML has no way to write them), markup escaped. */
export function escapeMarkup(text: string): string {
  return escapeText(text).replace(/[&<>"']/g, character => entities[character]!)
}
