package dev.stampede.grid;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import dev.stampede.stock.StockView;
import java.io.IOException;

/**
 * How this project's types travel between members: every number here is part of the wire format and
 * is never reused. Each message starts with its version, so that nodes of two versions can run side
 * by side during a rolling restart.
 */
final class GridSerialization implements DataSerializableFactory {

  static final byte WIRE_VERSION = 1;

  static final int FACTORY_ID = 7001;
  static final int EXECUTE_COMMANDS = 1;
  static final int APPLY_CHANGES = 2;
  static final int INSTALL_SHARD = 3;
  static final int BATCH_RESULT = 4;
  static final int STORED_MARK = 5;
  static final int PROVE_SHARD = 6;
  static final int READ_CLOCK = 7;
  static final int CHECK_LOADING = 8;
  static final int ADD_ORDERS = 9;

  static final int STOCK_SHARD_TYPE = 7101;
  static final int STOCK_KEY_TYPE = 7102;
  static final int SALE_TYPE = 7103;
  static final int SALE_ID_TYPE = 7104;
  static final int STOCK_VIEW_TYPE = 7105;

  static void configure(SerializationConfig config) {
    config.addDataSerializableFactory(FACTORY_ID, new GridSerialization());
    config.addSerializerConfig(
        new SerializerConfig()
            .setTypeClass(StockShard.class)
            .setImplementation(new DomainSerializers.OfStockShard()));
    config.addSerializerConfig(
        new SerializerConfig()
            .setTypeClass(StockKey.class)
            .setImplementation(new DomainSerializers.OfStockKey()));
    config.addSerializerConfig(
        new SerializerConfig()
            .setTypeClass(StockView.class)
            .setImplementation(new DomainSerializers.OfStockView()));
    config.addSerializerConfig(
        new SerializerConfig()
            .setTypeClass(Sale.class)
            .setImplementation(new DomainSerializers.OfSale()));
    config.addSerializerConfig(
        new SerializerConfig()
            .setTypeClass(SaleId.class)
            .setImplementation(new DomainSerializers.OfSaleId()));
  }

  /** A text that is always there. */
  static String readText(ObjectDataInput in) throws IOException {
    String text = in.readString();
    if (text == null) {
      throw new IOException("a message lacks a text");
    }
    return text;
  }

  static void checkVersion(byte version) throws IOException {
    if (version != WIRE_VERSION) {
      throw new IOException("a message of wire version " + version + " is not known here");
    }
  }

  @Override
  public IdentifiedDataSerializable create(int typeId) {
    return switch (typeId) {
      case EXECUTE_COMMANDS -> new ExecuteCommands();
      case APPLY_CHANGES -> new ApplyChanges();
      case INSTALL_SHARD -> new InstallShard();
      case BATCH_RESULT -> new BatchResult();
      case STORED_MARK -> new StoredMark();
      case PROVE_SHARD -> new ProveShard();
      case READ_CLOCK -> new ReadClock();
      case CHECK_LOADING -> new CheckLoading();
      case ADD_ORDERS -> new AddOrders();
      default -> throw new IllegalArgumentException("no message has the type " + typeId);
    };
  }
}
