import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** Parts of a Kubernetes cluster, as bills of clusters name them (`pkg:k8s/k8s.io%2Fkubelet@1.24.0`); judged by Kubernetes' own list of CVEs. */
export const k8sTraits: EcosystemTraits = {
  type: 'k8s',
  title: { en: 'Kubernetes', ko: '쿠버네티스' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['Kubernetes'],
}
