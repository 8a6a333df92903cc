"""Writes small Parquet files with pyarrow (25.0.1): sample i has features 10 i + j + 1/4 for j < 3, and label i % 4."""
import os
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

here = os.path.dirname(os.path.abspath(__file__))
N, D = 10, 3
h = np.add.outer(10.0 * np.arange(N), np.arange(D)) + 0.25
y = np.arange(N) % 4


def write(name, columns, **options):
    pq.write_table(pa.table(columns), os.path.join(here, name + '.parquet'), **options)


lists = pa.array(list(h.astype('f4')), pa.list_(pa.float32()))
for codec in ['none', 'snappy', 'gzip', 'zstd', 'lz4', 'brotli']:
    write('list_' + codec, {'features': lists, 'label': y}, compression=codec)
write('fixed', {'features': pa.array(list(h), pa.list_(pa.float64(), D)), 'label': y.astype('i4')})
write('large_list', {'label': y, 'features': pa.array(list(h), pa.large_list(pa.float64()))})
write('groups', {'features': lists, 'label': y}, row_group_size=4)
write('version2', {'features': lists, 'label': y}, version='2.6', data_page_version='2.0', use_dictionary=False)
write('split', {'features': lists, 'label': y}, use_dictionary=False, column_encoding={'features.list.element': 'BYTE_STREAM_SPLIT'})
write('two_level', {'features': lists, 'label': y}, use_compliant_nested_type=False)
write('columns', {'id': [str(i) for i in range(N)], 'h0': h[:, 0], 'label': y.astype('u1'), 'h1': h[:, 1].astype('f4'), 'h2': h[:, 2]})
pd.DataFrame({'features': list(h.astype('f4')), 'label': y}).to_parquet(os.path.join(here, 'pandas.parquet'))

# to be refused
rows = list(h)
write('null_list', {'features': pa.array(rows[:5] + [None] + rows[6:], pa.list_(pa.float64())), 'label': y})
write('empty_list', {'features': pa.array(rows[:5] + [[]] + rows[6:], pa.list_(pa.float64())), 'label': y})
write('null_element', {'features': pa.array(rows[:5] + [[1.0, None, 2.0]] + rows[6:], pa.list_(pa.float64())), 'label': y})
write('short', {'features': pa.array(rows[:5] + [[1.0, 2.0]] + rows[6:], pa.list_(pa.float64())), 'label': y}, row_group_size=4)
write('long', {'features': pa.array(rows[:5] + [[1.0] * 4] + rows[6:], pa.list_(pa.float64())), 'label': y}, row_group_size=4)
write('longer_last', {'features': pa.array(rows[:9] + [[1.0] * 4], pa.list_(pa.float64())), 'label': y})
write('null_label', {'features': lists, 'label': pa.array([0] * 7 + [None] * 3)})
write('null_column', {'h': pa.array([1.0, None]), 'label': [0, 1]})
write('float_label', {'features': lists, 'label': y + 0.5})
write('strings', {'features': pa.array([['a']]), 'label': [0]})
write('nested', {'features': pa.array([[[1.0]]]), 'label': [0]})
write('no_label', {'features': lists, 'class': y})
write('no_rows', {'features': lists[:0], 'label': y[:0]})
