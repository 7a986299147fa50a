/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * A task's numbers and credentials.
 */
#ifndef JENNER_TASK_H
#define JENNER_TASK_H
#include "sensor.h"

enum { PIDTYPE_PGID = 2, PIDTYPE_SID = 3 };

/* A pid's number in its own namespace. */
static __always_inline u32 own_number(struct pid *pid)
{
	u32 level = BPF_CORE_READ(pid, level);
	struct upid upid = {};
	if (level > 32)
		return 0;
	bpf_probe_read_kernel(&upid, sizeof(upid), (void *)pid + bpf_core_field_offset(struct pid, numbers) + level * bpf_core_type_size(struct upid));
	return upid.nr;
}
static __always_inline u32 host_number(struct pid *pid)
{
	struct upid upid = {};
	bpf_probe_read_kernel(&upid, sizeof(upid), (void *)pid + bpf_core_field_offset(struct pid, numbers));
	return upid.nr;
}
/* As in /proc/PID/stat. */
static __always_inline u32 terminal_of(struct signal_struct *signal)
{
	struct tty_struct *tty = BPF_CORE_READ(signal, tty);
	if (!tty)
		return 0;
	u32 major = BPF_CORE_READ(tty, driver, major);
	u32 minor = BPF_CORE_READ(tty, driver, minor_start) + BPF_CORE_READ(tty, index);
	return (minor & 0xff) | (major << 8) | ((minor & ~0xffu) << 12);
}

static __always_inline u64 capabilities(const void *set)
{
	u64 value = 0;
	bpf_probe_read_kernel(&value, sizeof(value), set);
	return value;
}
__noinline int put_credentials(u32 slot)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	const struct cred *cred = BPF_CORE_READ(task, cred);
	struct credentials value = {};
	value.inheritable = capabilities((void *)cred + bpf_core_field_offset(struct cred, cap_inheritable));
	value.permitted = capabilities((void *)cred + bpf_core_field_offset(struct cred, cap_permitted));
	value.effective = capabilities((void *)cred + bpf_core_field_offset(struct cred, cap_effective));
	value.uid = BPF_CORE_READ(cred, uid.val);
	value.gid = BPF_CORE_READ(cred, gid.val);
	value.euid = BPF_CORE_READ(cred, euid.val);
	value.egid = BPF_CORE_READ(cred, egid.val);
	PUT(slot, SECTION_CREDENTIALS, value);
	return 0;
}
#endif
