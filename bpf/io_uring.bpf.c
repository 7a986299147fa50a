/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * Requests that go through io_uring instead of a system call.
 */
#include "file.h"

SEC("tp_btf/io_uring_submit_req")
int BPF_PROG(on_io_uring, struct io_kiocb *request)
{
	u64 cgroup;
	struct task_struct *task = bpf_get_current_task_btf();
	struct group *group = watched_group(task, &cgroup);
	if (!group || task->tgid == settings.self)
		return 0;
	u32 opcode = request->opcode;
	struct inode *exe = BPF_CORE_READ(task, mm, exe_file, f_inode);
	/* One record for each operation of a program: a ring may carry a million reads. */
	struct seen_key key = {
		.cgroup = cgroup,
		.inode = BPF_CORE_READ(exe, i_ino),
		.device = BPF_CORE_READ(exe, i_sb, s_dev),
		.purpose = 1024 + opcode,
	};
	bool names = opcode == 18 || opcode == 28 || opcode == 35 || opcode == 36 || opcode == 16;
	u32 value = 1;
	if ((!names && bpf_map_lookup_elem(&seen, &key)) || is_muted(group, CLASS_FILE)) {
		count_filtered(CLASS_FILE);
		return 0;
	}
	count_produced(CLASS_FILE);
	bpf_map_update_elem(&seen, &key, &value, BPF_ANY);
	struct header *header = begin(SLOT_IO_URING, task, cgroup, RECORD_IO_URING, opcode);
	if (!header)
		return 0;
	if (opcode == 18 || opcode == 28) {
		struct io_open *open = (void *)request;
		u32 slot = SLOT_IO_URING;
		struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
		u8 *to = scratch ? room(scratch) : 0;
		if (to && bpf_core_type_exists(struct io_open)) {
			long length = bpf_probe_read_kernel_str(to, SECTION_MAX, BPF_CORE_READ(open, filename, name));
			if (length > 0 && length <= SECTION_MAX)
				close_section(scratch, SECTION_TEXT, 0, length - 1);
		}
	} else {
		put_file(SLOT_IO_URING, (u64)BPF_CORE_READ(request, file), -1);
	}
	return finish(SLOT_IO_URING, CLASS_FILE);
}
