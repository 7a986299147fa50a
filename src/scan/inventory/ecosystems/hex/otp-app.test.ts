import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { otpApp } from './otp-app.ts'

test('applications of a release', () => {
  const text = '{application,cowboy,\n  [{description,"Small HTTP server"},\n   {vsn,"2.10.0"},\n   {modules,[]}]}.\n'
  deepEqual(named(foundIn(otpApp, { 'app/lib/cowboy-2.10.0/ebin/cowboy.app': text })), ['cowboy 2.10.0'])
  deepEqual(foundIn(otpApp, { 'x/ebin/y.app': '{application, y, []}.' }), [])
  const own = foundIn(otpApp, { 'usr/lib/erlang/lib/ssh-4.15/ebin/ssh.app': '{application, ssh, [{vsn, "4.15"}]}.' })
  deepEqual(own, [{ name: 'ssh', version: '4.15', type: 'otp' }])
  equal(wants(otpApp, 'Applications/Some.app'), false)
})
