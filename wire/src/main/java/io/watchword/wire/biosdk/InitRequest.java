package io.watchword.wire.biosdk;

import java.util.Map;

/** Content of {@code /init} (contract biosdk 1): settings that the service may use or not. */
public record InitRequest(Map<String, String> initParams) {

  public InitRequest {
    initParams = Flags.of(initParams);
  }
}
