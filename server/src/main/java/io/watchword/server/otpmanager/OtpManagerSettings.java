package io.watchword.server.otpmanager;

import io.watchword.core.code.CodePolicy;
import java.util.Set;

/**
 * What an operator may set about this door.
 *
 * @param roles of which a caller needs one
 * @param sharedKeys whether all applications share their keys; else each has its own
 * @param codes how codes live, where an application has no terms of its own
 */
public record OtpManagerSettings(Set<String> roles, boolean sharedKeys, CodePolicy codes) {}
