package io.watchword.client.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trust in servers under given roots, and in no others. */
public final class TrustRoots {

  private TrustRoots() {}

  /**
   * TLS that trusts these roots only.
   *
   * @throws IllegalArgumentException if one of them cannot be a root
   */
  public static SSLContext tls(Collection<X509Certificate> roots) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (X509Certificate root : roots) {
        store.setCertificateEntry("root-" + count++, root);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("these certificates cannot be trust roots", e);
    }
  }
}
