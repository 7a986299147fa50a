/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * Number and arguments of the system call that ends, from the saved registers.
 */
#ifndef JENNER_REGISTERS_H
#define JENNER_REGISTERS_H
#include "sensor.h"

#if defined(__TARGET_ARCH_x86)
#define TS_COMPAT 2
static __always_inline bool is_compat(struct task_struct *task)
{
	return task->thread_info.status & TS_COMPAT;
}
static __always_inline u64 call_number(struct pt_regs *regs)
{
	return regs->orig_ax;
}
static __always_inline void read_arguments(struct pt_regs *regs, bool compat, u64 *args)
{
	if (compat) {
		args[0] = (u32)regs->bx;
		args[1] = (u32)regs->cx;
		args[2] = (u32)regs->dx;
		args[3] = (u32)regs->si;
		args[4] = (u32)regs->di;
		args[5] = (u32)regs->bp;
		return;
	}
	args[0] = regs->di;
	args[1] = regs->si;
	args[2] = regs->dx;
	args[3] = regs->r10;
	args[4] = regs->r8;
	args[5] = regs->r9;
}
#elif defined(__TARGET_ARCH_arm64)
#define TIF_32BIT 22
static __always_inline bool is_compat(struct task_struct *task)
{
	return task->thread_info.flags & (1ul << TIF_32BIT);
}
static __always_inline u64 call_number(struct pt_regs *regs)
{
	return (u32)regs->syscallno;
}
static __always_inline void read_arguments(struct pt_regs *regs, bool compat, u64 *args)
{
	args[0] = regs->orig_x0;
	for (int i = 1; i < 6; i++)
		args[i] = compat ? (u32)regs->regs[i] : regs->regs[i];
}
#endif
#endif
