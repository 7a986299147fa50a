import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { setupPy } from './setup-py.ts'

test('pinned requirements as plain text', () => {
  const text = `setup(
  name='app', version='1.0',
  install_requires=["requests==2.31.0", 'urllib3 >=1.0', 'boto3[crt] == 1.34.0 ; python_version > "3"',
    # "old==1.0",
    f"x=={version}", "y==%s" % v],
)`
  deepEqual(named(foundIn(setupPy, { 'setup.py': text })), ['requests 2.31.0', 'boto3 1.34.0'])
})
