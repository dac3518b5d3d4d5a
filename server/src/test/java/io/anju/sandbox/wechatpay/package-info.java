@NullMarked
package io.anju.sandbox.wechatpay;

import org.jspecify.annotations.NullMarked;
