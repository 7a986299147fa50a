import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { k8sTraits } from './traits.ts'

/** Clusters are described, not installed in images: their parts come from SBOMs alone. */
export const k8s: Ecosystem = { ...k8sTraits, extractors: [] }
