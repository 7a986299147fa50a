import { label, labelsText } from './container.ts'
import { lookUp, type Reader, type ReaderTable } from './reader.ts'

/** Fields of class `k8s`, as far as the container runtime tells them. */
export function kubernetesFields(name: string, given: string | undefined): Reader | undefined {
  if (given === undefined) return lookUp(table, name)
  return name === 'pod.label' ? event => label(event.container?.pod?.labels, given) : undefined
}

const table: ReaderTable = {
  'ns.name': event => event.container?.pod?.namespace,
  'pod.name': event => event.container?.pod?.name,
  'pod.id': event => event.container?.pod?.uid,
  'pod.uid': event => event.container?.pod?.uid,
  'pod.ip': event => (event.container?.pod ? event.container.ip : undefined),
  'pod.labels': ({ container }) => container?.pod && labelsText(container.pod.labels),
}
