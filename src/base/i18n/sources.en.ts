/** Sentences about where images and repositories come from, in English. */
export const sourcesEn = {
  'flag.insecure': 'speak to registries without a valid certificate, or by plain HTTP',
  'flag.registryCa': 'PEM file of a certificate authority for registries',
  'flag.registryMirror': 'mirror to ask first: HOST[/PREFIX] for Docker Hub, or REGISTRY=HOST[/PREFIX]',
  'flag.maxImageSize': 'fetch at most so much of an image (default 32 GB)',
  'flag.fromFile': 'scan every image that a compose file, Kubernetes manifest or Dockerfile names',
  'flag.branch': 'branch of the repository',
  'flag.tag': 'tag of the repository',
  'flag.commit': 'commit of the repository',
  'flag.history': 'look for secrets in all commits, not only in the files as they are now',
  'sources.no_images': '{file} names no image.',
  'sources.scanning': 'Image {index} of {count}: {image}',
  'sources.failed': '{image}: {reason}',
  'sources.summary': 'Summary of {count} images',
  'sources.image': 'Image',
  'sources.named_at': 'Named at',
  'sources.result': 'Result',
  'sources.not_scanned': 'not scanned: {reason}',
  'sources.unresolved': 'variable {name} has no value',
  'sources.needs_folder':
    '--format {format} holds one report a file: give --output a folder (ending in /), or use table or json',
  'sources.commit': 'brought by commit {commit}, in the history of the repository',
} as const
