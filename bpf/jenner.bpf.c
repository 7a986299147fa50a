/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * The object that ships: every program, one file each.
 */
#include "exec.bpf.c"
#include "fork.bpf.c"
#include "exit.bpf.c"
#include "syscall.bpf.c"
#include "connect.bpf.c"
#include "io_uring.bpf.c"
#include "capable.bpf.c"

char LICENSE[] SEC("license") = "Dual BSD/GPL";
