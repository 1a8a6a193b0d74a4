import React from 'react';

type Props = { product?: string; eu: boolean };

/** Shown under every story. */
export default function Risk({ product = 'gold', eu }: Props) {
  return (
    <aside className="small">
      <p>
        When you trade {product}, your{' '}
        <strong>capital</strong> is at risk.
      </p>
      {eu ? <p>For the Union.</p> : <p>For the rest.</p>}
    </aside>
  );
}

export const OnlyEu = ({ eu }: Props) => (eu ? <p>Your capital is at risk.</p> : null);

export const Fold = ({ children }) => (
  <details>
    <summary>More</summary>
    {children}
  </details>
);
