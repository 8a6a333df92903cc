"""Writes the same three samples with pandas (3.0.6) and NumPy (2.4.6): labels 0, 2, 1 and two features each."""
import os
import numpy as np
import pandas as pd

here = os.path.dirname(os.path.abspath(__file__))
h = np.array([[0.1, -1e-300], [1 / 3, 12345678.9], [5e-324, -0.0]])
y = np.array([0, 2, 1])
table = pd.DataFrame({'h,0': h[:, 0], 'label': y, 'größe': h[:, 1]})
table.to_csv(os.path.join(here, 'pandas.csv'), index=False, encoding='utf-8-sig', lineterminator='\r\n')
table.to_csv(os.path.join(here, 'pandas.csv.gz'), index=False, compression={'method': 'gzip', 'mtime': 1})
table.to_csv(os.path.join(here, 'pandas.tsv'), index=False, sep='\t')
with open(os.path.join(here, 'numpy.csv'), 'w') as out:
    for row, label in zip(h, y):
        np.savetxt(out, [np.append(row, label)], delimiter=',', fmt=['%.18e', '%.18e', '%d'])
