/** An alert's own words without the time (in UTC), priority and rule that Falco's form begins with: the screens say these themselves, in the reader's zone and language. */
export function alertWords(output: string): string {
  return output.replace(/^\d\d:\d\d:\d\d\.\d{1,9}: [^|]{0,300}\| /, '')
}
