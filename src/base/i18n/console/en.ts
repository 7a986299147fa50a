import { caseworkEn } from './casework.en.ts'
import { guardEn } from './guard.en.ts'
import { platformEn } from './platform.en.ts'
import { riskEn } from './risk.en.ts'
import { shellEn } from './shell.en.ts'
import { wordsEn } from './words.en.ts'

/** Every sentence of the console in English. It is apart from the command's, so that neither loads the other's; ko.ts has the same keys, checked by type. */
export const consoleEn = { ...shellEn, ...riskEn, ...guardEn, ...caseworkEn, ...platformEn, ...wordsEn } as const
