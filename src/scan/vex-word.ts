/** Whether a word given as VEX is a file's name: neither an address, nor `repo:DIR`, nor `sbom`. */
export const isVexFile = (word: string): boolean => !/^(?:https?:\/\/|repo:)/i.test(word) && word !== 'sbom'
