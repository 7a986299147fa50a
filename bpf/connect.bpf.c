/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * Keeps the address given to connect(2) as the call begins: another thread may write over it before the call ends.
 */
#include "sensor.h"

SEC("tracepoint/syscalls/sys_enter_connect")
int on_connect(struct trace_event_raw_sys_enter *context)
{
	struct task_struct *task = bpf_get_current_task_btf();
	u64 cgroup, id = bpf_get_current_pid_tgid();
	struct address address = {};
	if (!watched_group(task, &cgroup))
		return 0;
	u32 length = context->args[2];
	if (length >= ADDRESS_LENGTH)
		length = ADDRESS_LENGTH - 1;
	if (bpf_probe_read_user(address.bytes, MASKED(length, ADDRESS_LENGTH - 1), (void *)context->args[1]))
		return 0;
	address.length = length;
	bpf_map_update_elem(&addresses, &id, &address, BPF_ANY);
	return 0;
}
