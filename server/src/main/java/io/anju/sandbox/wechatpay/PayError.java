package io.anju.sandbox.wechatpay;

/**
 * The error codes that WeChat Pay's documentation of v3 names for the operations played here, with their status.
 *
 * <p>The spelling is theirs: {@code ORDERPAID} beside {@code ORDER_CLOSED}.
 */
enum PayError {
    PARAM_ERROR(400, "参数错误"),
    INVALID_REQUEST(400, "无效请求"),
    APPID_MCHID_NOT_MATCH(400, "appid和mchid不匹配"),
    MCH_NOT_EXISTS(400, "商户号不存在"),
    ORDER_CLOSED(400, "订单已关闭"),
    ORDERPAID(400, "订单已支付"),
    NO_STATEMENT_EXIST(400, "账单文件不存在"),
    STATEMENT_CREATING(400, "账单生成中"),
    SIGN_ERROR(401, "签名错误"),
    OUT_TRADE_NO_USED(403, "商户订单号重复"),
    NO_AUTH(403, "商户无权限"),
    NOT_ENOUGH(403, "余额不足"),
    USER_ACCOUNT_ABNORMAL(403, "用户账户异常"),
    ORDER_NOT_EXIST(404, "订单不存在"),
    RESOURCE_NOT_EXISTS(404, "查询的资源不存在"),
    FREQUENCY_LIMITED(429, "频率超限"),
    SYSTEM_ERROR(500, "系统错误");

    private final int status;
    private final String message;

    PayError(int status, String message) {
        this.status = status;
        this.message = message;
    }

    int status() {
        return status;
    }

    String message() {
        return message;
    }
}
