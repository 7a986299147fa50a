import type { Scenario } from './scenario.ts'
import { archiveSent } from './scenarios/archive-sent.ts'
import { authorisedKeys } from './scenarios/authorised-keys.ts'
import { becameRoot } from './scenarios/became-root.ts'
import { databaseShell } from './scenarios/database-shell.ts'
import { decodedCommand } from './scenarios/decoded-command.ts'
import { deviceNode } from './scenarios/device-node.ts'
import { droppedProgram } from './scenarios/dropped-program.ts'
import { droppedScript } from './scenarios/dropped-script.ts'
import { erase } from './scenarios/erase.ts'
import { falsifiedTime } from './scenarios/falsified-time.ts'
import { fileCapabilities } from './scenarios/file-capabilities.ts'
import { forkBomb } from './scenarios/fork-bomb.ts'
import { hiddenProgram } from './scenarios/hidden-program.ts'
import { history } from './scenarios/history.ts'
import { ioUring } from './scenarios/io-uring.ts'
import { kernelMemory } from './scenarios/kernel-memory.ts'
import { kernelModule } from './scenarios/kernel-module.ts'
import { kernelProgram } from './scenarios/kernel-program.ts'
import { kernelThreadName } from './scenarios/kernel-thread-name.ts'
import { keySearch } from './scenarios/key-search.ts'
import { loader } from './scenarios/loader.ts'
import { logWipe } from './scenarios/log-wipe.ts'
import { madeExecutable } from './scenarios/made-executable.ts'
import { managementPort } from './scenarios/management-port.ts'
import { mappedLibrary } from './scenarios/mapped-library.ts'
import { memoryProgram } from './scenarios/memory-program.ts'
import { memoryWrite } from './scenarios/memory-write.ts'
import { metadataService } from './scenarios/metadata-service.ts'
import { miner } from './scenarios/miner.ts'
import { minerArguments } from './scenarios/miner-arguments.ts'
import { mount } from './scenarios/mount.ts'
import { netcatProgram } from './scenarios/netcat-program.ts'
import { networkScanner } from './scenarios/network-scanner.ts'
import { nsenter } from './scenarios/nsenter.ts'
import { packageManager } from './scenarios/package-manager.ts'
import { packetSocket } from './scenarios/packet-socket.ts'
import { pageFaults } from './scenarios/page-faults.ts'
import { passwordGuessing } from './scenarios/password-guessing.ts'
import { passwordHashes } from './scenarios/password-hashes.ts'
import { poolPort } from './scenarios/pool-port.ts'
import { preloadList } from './scenarios/preload-list.ts'
import { preloadedLibrary } from './scenarios/preloaded-library.ts'
import { privateKey } from './scenarios/private-key.ts'
import { processEnvironment } from './scenarios/process-environment.ts'
import { processRoot } from './scenarios/process-root.ts'
import { ptrace } from './scenarios/ptrace.ts'
import { releaseAgent } from './scenarios/release-agent.ts'
import { reverseShell } from './scenarios/reverse-shell.ts'
import { reverseShellCommand } from './scenarios/reverse-shell-command.ts'
import { rootPrograms } from './scenarios/root-programs.ts'
import { runtimeSocket } from './scenarios/runtime-socket.ts'
import { scheduledJob } from './scenarios/scheduled-job.ts'
import { serviceToken } from './scenarios/service-token.ts'
import { setUserId } from './scenarios/set-user-id.ts'
import { sharedMemoryProgram } from './scenarios/shared-memory-program.ts'
import { sshSpread } from './scenarios/ssh-spread.ts'
import { stress } from './scenarios/stress.ts'
import { temporaryProgram } from './scenarios/temporary-program.ts'
import { terminalShell } from './scenarios/terminal-shell.ts'
import { tunables } from './scenarios/tunables.ts'
import { tunnel } from './scenarios/tunnel.ts'
import { unusualPort } from './scenarios/unusual-port.ts'
import { upload } from './scenarios/upload.ts'
import { userNamespace } from './scenarios/user-namespace.ts'
import { webServerDiscovery } from './scenarios/web-server-discovery.ts'
import { webServerShell } from './scenarios/web-server-shell.ts'

/** Every scenario, in the order in which they are run. */
export const scenarios: readonly Scenario[] = [
  terminalShell,
  webServerShell,
  webServerDiscovery,
  databaseShell,
  decodedCommand,
  droppedProgram,
  temporaryProgram,
  sharedMemoryProgram,
  memoryProgram,
  loader,
  droppedScript,
  madeExecutable,
  mappedLibrary,
  reverseShell,
  reverseShellCommand,
  netcatProgram,
  releaseAgent,
  kernelMemory,
  runtimeSocket,
  nsenter,
  processRoot,
  deviceNode,
  userNamespace,
  mount,
  setUserId,
  tunables,
  fileCapabilities,
  pageFaults,
  becameRoot,
  passwordHashes,
  privateKey,
  metadataService,
  processEnvironment,
  serviceToken,
  ptrace,
  memoryWrite,
  keySearch,
  scheduledJob,
  authorisedKeys,
  preloadList,
  preloadedLibrary,
  kernelModule,
  kernelProgram,
  logWipe,
  history,
  hiddenProgram,
  kernelThreadName,
  ioUring,
  falsifiedTime,
  unusualPort,
  packetSocket,
  tunnel,
  miner,
  minerArguments,
  poolPort,
  networkScanner,
  rootPrograms,
  packageManager,
  archiveSent,
  upload,
  forkBomb,
  stress,
  erase,
  sshSpread,
  managementPort,
  passwordGuessing,
]
