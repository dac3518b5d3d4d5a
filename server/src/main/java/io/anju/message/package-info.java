/**
 * One-time subscribe messages (一次性订阅消息) in WeChat: a courtesy that residents allow one by one. Nothing waits for them,
 * and no notice that the law asks for depends on them.
 */
@NullMarked
package io.anju.message;

import org.jspecify.annotations.NullMarked;
