import { classifiers } from './classifiers/index.ts'
import { runtimeProducts } from './runtimes.ts'

/** Every product that is found without a package, with NVD's names for it (`vendor:product`), likeliest first. */
export const genericProducts: readonly { product: string; cpe: readonly string[] }[] = [
  ...classifiers.map(({ product, cpe }) => ({ product, cpe })),
  ...runtimeProducts,
]
