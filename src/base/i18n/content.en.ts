/** What reports say of secrets, malware and licences, in English; content.ko.ts has the same keys. */
export const contentEn = {
  'content.secrets': 'Secrets',
  'content.malware': 'Malware',
  'content.licenses': 'Licenses',
  'content.section_secret': 'secrets',
  'content.section_malware': 'malware',
  'content.section_license': 'licenses',
  'content.category': 'Category',
  'content.rule': 'Rule',
  'content.rule_set': 'Rule set',
  'content.place': 'Place',
  'content.match': 'Match',
  'content.layer': 'Layer',
  'content.removed_in': 'deleted or replaced in a later layer ({layer}), still in the image',
  'content.added_by': 'added by layer {layer}',
  'content.fix': 'What to do',
  'content.package': 'Package',
  'content.clean_all': 'Nothing found.',
  'content.clean_all_incomplete': 'Nothing found in what could be read.',
  'content.denied': 'denied by policy',
  'fix.file':
    'Change it where it is used, then keep it out of images and repositories: mount it as a file (docker run --secret, Kubernetes Secret) or read it from a secret store.',
  'fix.token':
    'Revoke the token at its provider and make a new one; give it to the process as a mounted secret, never as a file of an image or a repository.',
  'fix.key':
    'Replace the key everywhere it is trusted; mount the new one when the container starts (0400), from a key store.',
  'fix.env':
    'Take it out of ENV, CMD, ENTRYPOINT and LABEL: everybody who has the image can read them. Give it when the container starts, from a secret store.',
  'fix.build':
    'Change it: the history of the image shows it. Use RUN --mount=type=secret instead of ARG, ENV or a password on the command line, and build anew.',
  'fix.removed':
    'Change it: deleting a file in a later layer leaves it in the earlier one. Use RUN --mount=type=secret, or a build stage of its own, and build anew.',
} as const
