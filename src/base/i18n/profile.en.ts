/** What a deviation from a learned profile says, in English; profile.ko.ts has the same keys. */
export const profileEn = {
  'profile.deviation': 'Unlike anything this image has done so far (score {score} of 100): {reasons}',
  'profile.executable': 'ran a program it has not run before: {key}',
  'profile.child': 'a program was started by another parent than before: {key}',
  'profile.argument': 'a program was given arguments of an unknown shape: {key}',
  'profile.write': 'wrote to a folder it has not written to before: {key}',
  'profile.listen': 'listened on a port it has not listened on before: {key}',
  'profile.peer': 'connected to a peer it has not spoken to before: {key}',
  'profile.syscall': 'made a system call it has not made before: {key}',
  'profile.capability': 'used a capability it has not used before: {key}',
  'profile.user': 'ran a program as a user it has not run as before: uid {key}',
} as const
