package io.watchword.server.keys;

import java.io.IOException;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Names of certificates, put together without any quoting that a value could break out of. */
public final class DistinguishedName {

  private DistinguishedName() {}

  /** {@code O=organisation, CN=commonName}. */
  public static X500Principal of(String organisation, String commonName) {
    X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE);
    builder.addRDN(BCStyle.O, organisation);
    builder.addRDN(BCStyle.CN, commonName);
    try {
      return new X500Principal(builder.build().getEncoded());
    } catch (IOException e) {
      throw new IllegalArgumentException("not a name for a certificate", e);
    }
  }
}
