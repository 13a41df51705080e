package dev.stampede.load.buyer;

/** Buyers of this run only; each token is signed when it is needed. */
public record SignedBuyers(String run, int count, JwtSigner signer) implements Buyers {
  @Override
  public String id(int number) {
    return prefix() + number;
  }

  private String prefix() {
    return "load-" + run + "-";
  }

  @Override
  public String token(int number) {
    return signer.buyer(id(number));
  }

  @Override
  public boolean includes(String id) {
    return id.startsWith(prefix());
  }

  @Override
  public boolean areNew() {
    return true;
  }
}
