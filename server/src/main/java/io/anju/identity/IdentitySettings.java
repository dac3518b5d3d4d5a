package io.anju.identity;

import io.anju.platform.config.Settings;

/**
 * What the identity domain must be told.
 *
 * @param issuer the {@code iss} of our tokens: the address under which this deployment is reached
 */
public record IdentitySettings(String issuer, Settings.WeChat weChat, Settings.Sms sms) {}
