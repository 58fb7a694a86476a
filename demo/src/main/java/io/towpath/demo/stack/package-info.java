/**
 * The stack of this checkout: which servers, whose process keeps them, and how they are reached.
 * {@link io.towpath.demo.stack.Detached} and {@link io.towpath.demo.stack.Claim} are how a command leaves a stack behind.
 */
package io.towpath.demo.stack;
