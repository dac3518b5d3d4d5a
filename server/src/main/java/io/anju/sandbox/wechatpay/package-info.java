/** WeChat Pay v3 as a merchant meets it, because WeChat Pay has no sandbox of its own. */
@NullMarked
package io.anju.sandbox.wechatpay;

import org.jspecify.annotations.NullMarked;
