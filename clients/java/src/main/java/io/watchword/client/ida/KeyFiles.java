package io.watchword.client.ida;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;

/** Reads certificates and PKCS#12 key stores. The messages of its exceptions are for people. */
final class KeyFiles {

  private KeyFiles() {}

  /** A private key and its certificate. */
  record Pair(PrivateKey key, X509Certificate certificate) {

    @Override
    public String toString() {
      return "Pair[" + certificate.getSubjectX500Principal() + "]";
    }
  }

  /** A file cannot be used. */
  static final class UnusableFileException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableFileException(String message) {
      super(message);
    }
  }

  /** The first certificate of a PEM or DER file. */
  static X509Certificate certificate(Path file) throws UnusableFileException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (CertificateException e) {
      throw new UnusableFileException(file + " holds no certificate in PEM or DER form");
    }
  }

  /** The first private key of a PKCS#12 file that has a certificate. */
  static Pair pkcs12(Path file, char[] password) throws UnusableFileException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      for (String alias : Collections.list(store.aliases())) {
        Key key = store.getKey(alias, password);
        if (key instanceof PrivateKey privateKey
            && store.getCertificate(alias) instanceof X509Certificate certificate) {
          return new Pair(privateKey, certificate);
        }
      }
    } catch (NoSuchFileException e) {
      throw unreadable(file, e);
    } catch (IOException | GeneralSecurityException e) {
      // The store reports a wrong password as an I/O fault.
      throw new UnusableFileException(
          file + " is no PKCS#12 file that opens with the given password");
    }
    throw new UnusableFileException(file + " holds no private key with a certificate");
  }

  private static UnusableFileException unreadable(Path file, IOException e) {
    return new UnusableFileException(
        e instanceof NoSuchFileException
            ? "there is no file " + file
            : "the file " + file + " cannot be read");
  }
}
