/** The content sets (repositories) that Red Hat's build system wrote into an image: `{ content_sets: ["rhel-9-for-x86_64-baseos-rpms", …] }`. */
export function parseContentManifest(text: string): string[] {
  try {
    const { content_sets: sets } = JSON.parse(text) as { content_sets?: unknown }
    return Array.isArray(sets) ? sets.filter(set => typeof set === 'string').slice(0, 10_000) : []
  } catch {
    return []
  }
}
