import { caseworkKo } from './casework.ko.ts'
import type { consoleEn } from './en.ts'
import { guardKo } from './guard.ko.ts'
import { platformKo } from './platform.ko.ts'
import { riskKo } from './risk.ko.ts'
import { shellKo } from './shell.ko.ts'
import { wordsKo } from './words.ko.ts'

export const consoleKo: Record<keyof typeof consoleEn, string> = {
  ...shellKo,
  ...riskKo,
  ...guardKo,
  ...caseworkKo,
  ...platformKo,
  ...wordsKo,
}
