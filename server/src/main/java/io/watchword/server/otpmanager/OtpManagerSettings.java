package io.watchword.server.otpmanager;

import io.watchword.core.code.CodePolicy;
import java.util.Set;

/**
 * What an operator may set about this door.
 *
 * @param roles of which a caller needs one
 * @param codes how codes live, where an application has no terms of its own
 */
public record OtpManagerSettings(Set<String> roles, CodePolicy codes) {}
