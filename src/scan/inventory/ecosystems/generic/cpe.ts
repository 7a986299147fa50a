/** A CPE 2.3 name of an application, from `vendor:product`. Characters that the formatted string reserves are escaped (NISTIR 7695, 6.2). */
export function cpeOf(vendorProduct: string, version: string): string {
  const [vendor = '*', product = '*'] = vendorProduct.split(':')
  return `cpe:2.3:a:${escaped(vendor)}:${escaped(product)}:${version === '' ? '*' : escaped(version)}:*:*:*:*:*:*:*`
}

function escaped(text: string): string {
  return text.toLowerCase().replace(/[^\w.-]/g, character => `\\${character}`)
}
