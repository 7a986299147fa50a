import type { Classifier } from '../classifier.ts'
import { databases } from './databases.ts'
import { languages } from './languages.ts'
import { libraries } from './libraries.ts'
import { servers } from './servers.ts'
import { tools } from './tools.ts'

/** Every program and library that is recognised by what it says of itself. */
export const classifiers: readonly Classifier[] = [...servers, ...databases, ...languages, ...libraries, ...tools]
